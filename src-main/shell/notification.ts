/** One notice as a notification of the operating system. */
import { Notification, nativeImage } from 'electron'
import type { NoticeView } from '../contract/views.ts'

export function showNotification(
  notice: Pick<NoticeView, 'title' | 'body' | 'severity'>,
  icon: string,
  events: { shown(): void; clicked(): void },
): Notification {
  const critical = notice.severity === 'critical'
  const notification = new Notification({
    title: notice.title,
    body: notice.body,
    icon: nativeImage.createFromPath(icon),
    // A critical gap stays on the screen until somebody has seen it.
    urgency: critical ? 'critical' : 'normal',
    timeoutType: critical ? 'never' : 'default',
  })
  notification.on('show', events.shown)
  notification.on('click', events.clicked)
  notification.show()
  return notification
}
