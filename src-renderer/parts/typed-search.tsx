/** A field to search by that waits for the end of a word, and follows when it is cleared from elsewhere. */
import { TextInput } from '@mantine/core'
import { useDebouncedCallback } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { type ReactNode, useState } from 'react'

/** A pause in typing of this long is taken as the end of a word. */
const typingPauseMs = 250

interface TypedSearchProps {
  readonly id: string
  readonly label: string
  readonly placeholder: string
  readonly value: string
  readonly onTyped: (text: string) => void
}

export function TypedSearch({ id, label, placeholder, value, onTyped }: TypedSearchProps): ReactNode {
  const [typed, setTyped] = useState(value)
  const [taken, setTaken] = useState(value)
  const take = useDebouncedCallback((text: string) => {
    setTaken(text)
    onTyped(text)
  }, typingPauseMs)
  if (value !== taken) {
    setTaken(value)
    setTyped(value)
  }
  return (
    <TextInput
      id={id}
      className="filter-search"
      type="search"
      aria-label={label}
      placeholder={placeholder}
      maxLength={100}
      leftSection={<IconSearch size={14} stroke={1.75} />}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value)
        take(event.currentTarget.value)
      }}
    />
  )
}
