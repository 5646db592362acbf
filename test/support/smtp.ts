/** A real SMTP server on loopback that takes what it is told to take, and keeps it. */
import { SMTPServer } from 'smtp-server'

export interface Mail {
  readonly to: readonly string[]
  readonly text: string
}

export interface MailServer {
  readonly port: number
  readonly taken: readonly Mail[]
  /** What every message is answered from now on; null: it is taken. */
  refuse(answer: { readonly code: number; readonly says: string } | null): void
  close(): Promise<void>
}

export async function mailServer(login: { readonly user: string; readonly password: string } | null = null): Promise<MailServer> {
  const taken: Mail[] = []
  let refusal: { readonly code: number; readonly says: string } | null = null
  const server = new SMTPServer({
    authOptional: login === null,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => {
      if (auth.username === login?.user && auth.password === login?.password) done(null, { user: auth.username })
      else done(new Error('Invalid username or password'))
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refusal !== null) return done(Object.assign(new Error(refusal.says), { responseCode: refusal.code }))
        taken.push({ to: session.envelope.rcptTo.map((one) => one.address), text: Buffer.concat(chunks).toString('utf8') })
        done()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    taken,
    refuse(answer) {
      refusal = answer
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}
