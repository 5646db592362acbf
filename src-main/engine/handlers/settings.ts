/** Answers about the settings of this installation, its notices, its audit trail, and the engine itself. */
import { verifyTrail } from '../audit/chain.ts'
import { type Rooms, os, saveSettings, settingsOf } from './rooms.ts'
import { nameOf } from './sitting.ts'

export function settingHandlers(rooms: Rooms) {
  return {
    get: os.settings.get.handler(() => settingsOf(rooms.store)),
    save: os.settings.save.handler(({ input }) => {
      const saved = saveSettings(rooms, input)
      rooms.scheduler.readNow()
      rooms.publish(['settings', 'overview', 'audit'])
      return saved
    }),
  }
}

export function noticeHandlers(rooms: Rooms) {
  const { store, clock } = rooms
  return {
    pending: os.notices.pending.handler(() =>
      store.notices.pending(clock.now()).map(({ shownAt: _shownAt, ...notice }) => notice),
    ),
    shown: os.notices.shown.handler(({ input }) => {
      store.transaction((tx) => store.notices.shown(tx, input.id, clock.now()))
      rooms.publish(['notices'])
      return {}
    }),
  }
}

export function auditHandlers(rooms: Rooms) {
  const { store } = rooms
  return {
    list: os.audit.list.handler(({ input }) => {
      const { intact, says } = verifyTrail(store)
      return {
        rows: store.audit
          .page(input.before, input.limit)
          .map(({ seq, at, who, what, subject, why, hash }) => ({ seq, at, who: nameOf(store, who), what, subject, why, hash })),
        total: store.audit.count(),
        intact,
        says,
      }
    }),
  }
}

export function engineHandlers(rooms: Rooms) {
  return {
    about: os.engine.about.handler(() => rooms.about()),
    events: os.engine.events.handler(async function* ({ signal }) {
      yield* rooms.events(signal)
    }),
  }
}
