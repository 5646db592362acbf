/** Answers about people and roles: who there is, when they work, and who answers where a rule names nobody. */
import type { PeopleView } from '../../contract/duty-views.ts'
import { type Person, type Role, firstPerson } from '../../domain/person.ts'
import { type Rooms, os } from './rooms.ts'
import { isSomebody, sitDown } from './sitting.ts'

export function peopleHandlers(rooms: Rooms) {
  const { store, clock, chance, duty } = rooms

  function view(): PeopleView {
    const open = store.duties.openByOwner()
    const withOpen = <T extends { readonly id: string }>(one: T) => ({ ...one, open: open.get(one.id) ?? 0 })
    return {
      people: store.people.people().map(withOpen),
      roles: store.people.roles().map((role) => ({ ...withOpen(role), members: [...role.members] })),
      defaultOwner: duty.ownerByDefault(),
      here: isSomebody(rooms.who()) ? rooms.who().id : null,
    }
  }

  function tell(): PeopleView {
    rooms.publish(['people', 'incidents', 'audit'])
    return view()
  }

  /** Deadlines count in the owner's hours, so that new hours are new deadlines. */
  function keep(kind: 'person' | 'role', before: Person | Role | undefined, after: Person | Role): void {
    store.transaction((tx) => {
      if ('members' in after) store.people.saveRole(tx, after, clock.now())
      else store.people.savePerson(tx, after, clock.now())
      store.duties.anew(tx, { pair: null, owner: after.id })
      duty.settle(tx)
      rooms.audit(tx, {
        what: before === undefined ? `${kind} added` : `${kind} changed`,
        subject: `${kind} ${after.id}`,
        before: before === undefined ? null : told(before),
        after: told(after),
        why: null,
      })
    })
  }

  const taken = (name: string, id: string | null): boolean =>
    [...store.people.people(), ...store.people.roles()].some((one) => one.id !== id && one.name.toLowerCase() === name.toLowerCase())
  const named = (name: string) => ({ data: { says: `There is already somebody called ${name}.`, field: 'name' } })
  const gone = { data: { says: 'Nobody has this entry any more; it was removed meanwhile.' } }

  return {
    list: os.people.list.handler(view),
    save: os.people.save.handler(({ input, errors }) => {
      const before = store.people.people().find((one) => one.id === input.id)
      if (input.id !== null && before === undefined) throw errors.NOT_FOUND(gone)
      if (taken(input.name, input.id)) throw errors.REFUSED(named(input.name))
      keep('person', before, { ...input, id: input.id ?? chance.id() })
      return tell()
    }),
    saveRole: os.people.saveRole.handler(({ input, errors }) => {
      const before = store.people.roles().find((one) => one.id === input.id)
      if (input.id !== null && before === undefined) throw errors.NOT_FOUND(gone)
      if (taken(input.name, input.id)) throw errors.REFUSED(named(input.name))
      const people = new Set(store.people.people().map((one) => one.id))
      if (input.members.some((member) => !people.has(member))) {
        throw errors.REFUSED({ data: { says: 'One of its people was removed meanwhile.', field: 'members' } })
      }
      keep('role', before, { ...input, id: input.id ?? chance.id() })
      return tell()
    }),
    remove: os.people.remove.handler(({ input, errors }) => {
      const owner = store.people.owner(input.id)
      if (owner === null) throw errors.NOT_FOUND(gone)
      if (input.id === duty.ownerByDefault()) {
        const says = `${owner.name} answers where a rule names nobody. Name somebody else for that first.`
        throw errors.REFUSED({ data: { says, field: null } })
      }
      if (input.id === firstPerson) {
        throw errors.REFUSED({ data: { says: 'Somebody must sit here: this entry can be renamed, but not removed.', field: null } })
      }
      const kind = store.people.roles().some((role) => role.id === input.id) ? 'role' : 'person'
      store.transaction((tx) => {
        store.people.remove(tx, input.id)
        store.duties.leave(tx, input.id)
        duty.settle(tx)
        rooms.audit(tx, { what: `${kind} removed`, subject: `${kind} ${input.id}`, before: { owned: store.duties.openByOwner().get(input.id) ?? 0 }, after: null, why: null })
      })
      return tell()
    }),
    sit: os.people.sit.handler(({ input, errors }) => {
      if (store.people.people().every((one) => one.id !== input.person)) throw errors.NOT_FOUND(gone)
      const before = rooms.who()
      store.transaction((tx) => {
        sitDown(tx, store, input.person)
        rooms.audit(tx, { what: 'sat down', subject: `person ${input.person}`, before: { person: before.id }, after: { person: input.person }, why: null })
      })
      return tell()
    }),
    setDefault: os.people.setDefault.handler(({ input, errors }) => {
      if (store.people.owner(input.owner) === null) throw errors.NOT_FOUND(gone)
      const before = duty.ownerByDefault()
      store.transaction((tx) => {
        duty.setDefault(tx, input.owner)
        store.duties.anew(tx, { pair: null, owner: null })
        duty.settle(tx)
        rooms.audit(tx, { what: 'default owner changed', subject: 'people', before: { owner: before }, after: { owner: input.owner }, why: null })
      })
      return tell()
    }),
  }
}

/** Without the name and the address: the trail keeps ids, and outlives who asks to be forgotten. */
function told(one: Person | Role): object {
  const { calendar } = one
  return 'members' in one ? { calendar, members: one.members } : { calendar, reachable: one.email !== null }
}
