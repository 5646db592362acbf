/** A message as an e-mail by SMTP: always with TLS except on this computer, bounded in time, told in words when refused. */
import { createTransport } from 'nodemailer'
import type { ChannelSettings } from '../../domain/channel.ts'
import { type Fault, type Outcome, failed, fault, ok } from '../../domain/fault.ts'
import type { Secret } from '../../domain/secret.ts'
import { seconds } from '../../domain/time.ts'
import type { Message } from './send.ts'

const timeoutMs = seconds(20)

type MailSettings = Extract<ChannelSettings, { kind: 'email' }>

export async function sendMail(settings: MailSettings, password: Secret | null, message: Message): Promise<Outcome<null>> {
  const to = [...new Set([...settings.to, ...message.addresses])]
  if (to.length === 0) {
    return failed(fault('validation', 'There is nobody to write to: the channel names no address, and the owner has none.', { path: 'to' }))
  }
  const transport = createTransport({
    host: settings.host,
    port: settings.port,
    secure: settings.security === 'tls',
    requireTLS: settings.security === 'starttls',
    ignoreTLS: settings.security === 'none',
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(settings.user === null || password === null ? {} : { auth: { user: settings.user, pass: password.reveal() } }),
  })
  try {
    await transport.sendMail({
      from: { name: 'Plumbline', address: settings.from },
      to,
      subject: message.title,
      text: `${message.body}\n\n${message.foot}\n`,
      // the same for every try, so that a second copy is seen to be one
      messageId: `<${message.id}@plumbline.invalid>`,
      headers: { 'Auto-Submitted': 'auto-generated', 'X-Priority': message.severity === 'critical' ? '1' : '3' },
    })
    return ok(null)
  } catch (error) {
    return failed(faultOf(settings, error))
  } finally {
    transport.close()
  }
}

/** The library's codes are its interface; the server's own words are kept as detail, without addresses. */
function faultOf({ host, port }: MailSettings, error: unknown): Fault {
  const { code, responseCode, words } = partsOf(error)
  const more = { detail: `${code} ${responseCode ?? ''} ${words}`.trim(), ...(responseCode === null ? {} : { status: responseCode }) }
  if (code === 'EAUTH' || code === 'ENOAUTH') return fault('credentials', `${host} did not accept the user name and password.`, more)
  if (code === 'ETLS') return fault('permission', `${host} does not offer TLS on port ${port}, so nothing was sent to it. Try another port.`, more)
  if (responseCode !== null && responseCode >= 400 && responseCode < 500) {
    return fault('temporary', `${host} cannot take the message just now (${responseCode}).`, more)
  }
  if (code === 'EENVELOPE') return fault('validation', `${host} refused the sender or an address (${responseCode ?? 'no code'}): ${words}`, more)
  if (responseCode !== null) return fault('validation', `${host} refused the message (${responseCode}): ${words}`, more)
  if (code === 'EDNS') return fault('unreachable', `No server is known by the name ${host}.`, more)
  if (code === 'ETIMEDOUT') return fault('unreachable', `${host} did not answer on port ${port} in time.`, more)
  if (/certificate|self.signed|altnames/i.test(words)) return fault('unreachable', `${host} cannot be trusted: its certificate is not in order. Nothing was sent to it.`, more)
  if (/ECONNREFUSED/.test(words)) return fault('unreachable', `${host} refuses connections on port ${port}.`, more)
  return fault('unreachable', `${host} cannot be reached on port ${port}.`, more)
}

const address = /[^\s"'<>()[\],;:=]+@[^\s"'<>()[\],;:=]+/g

function partsOf(error: unknown): { readonly code: string; readonly responseCode: number | null; readonly words: string } {
  if (!(error instanceof Error)) return { code: '', responseCode: null, words: '' }
  const said = 'response' in error && typeof error.response === 'string' ? error.response : error.message
  return {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    responseCode: 'responseCode' in error && typeof error.responseCode === 'number' ? error.responseCode : null,
    words: said.replaceAll(address, '[e-mail]').slice(0, 200),
  }
}
