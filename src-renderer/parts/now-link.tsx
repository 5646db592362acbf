/** A link to something that is only told of now: plain words while a person looks back. */
import type { AnchorHTMLAttributes, ReactNode } from 'react'
import { useTravel } from '../stores/travel.ts'

export function NowLink({ href, onClick, ...rest }: AnchorHTMLAttributes<HTMLAnchorElement>): ReactNode {
  const isBack = useTravel((travel) => travel.at !== null)
  return isBack ? <span {...rest} /> : <a href={href} onClick={onClick} {...rest} />
}
