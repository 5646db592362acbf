/** A word about an incident for whoever looks at it next. */
import { Button, Textarea } from '@mantine/core'
import { type ReactNode, useState } from 'react'
import { useCommand } from '../../ask.ts'
import { Failure } from '../../parts/failure.tsx'

export function Comment({ id }: { readonly id: string }): ReactNode {
  const [says, setSays] = useState('')
  const send = useCommand((client, words: string) => client.incidents.decide({ ids: [id], decision: { kind: 'comment', says: words } }))
  const words = says.trim()
  return (
    <form
      className="comment"
      onSubmit={(event) => {
        event.preventDefault()
        if (words !== '') void send.run(words).then((done) => (done === null ? undefined : setSays('')))
      }}
    >
      <Textarea
        aria-label="Comment"
        placeholder="What others should know"
        autosize
        minRows={1}
        maxLength={2000}
        value={says}
        onChange={(event) => setSays(event.currentTarget.value)}
      />
      <Button type="submit" variant="default" disabled={words === ''} loading={send.busy}>
        Comment
      </Button>
      {send.failure === null ? null : <Failure failure={send.failure} />}
    </form>
  )
}
