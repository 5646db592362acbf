/** Who sits here, by name, for what is signed; empty while nobody has said so. */
import { useAnswer } from './ask.ts'

export function useHere(): string {
  const people = useAnswer(['people'], ['people.list'], (client, options) => client.people.list(undefined, options))
  if (people.state !== 'known') return ''
  const { here, people: known } = people.value
  return known.find((one) => one.id === here)?.name ?? ''
}
