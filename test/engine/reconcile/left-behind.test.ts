/** What an engine took up and did not judge before it died is judged by the next one, however far the sides are read. */
import { describe, expect, it } from 'vitest'
import { noSubjects, takeDirty } from '../../../src-main/engine/reconcile/subjects.ts'
import { aPair, aStockLevel, anOrder } from '../../support/builders.ts'
import { aSeam } from '../../support/seam.ts'

describe('a subject that was taken up and left behind', () => {
  it('is judged at the next start, though neither side was read to its end yet', async () => {
    const seam = aSeam().shop(anOrder()).shop(aStockLevel())
    const { store } = seam
    store.transaction((tx) => takeDirty(tx, store, aPair(), noSubjects(), 1000))
    const waits = () => store.judgements.waitingFor(aPair().id, '')
    expect(waits()).not.toEqual([])
    await seam.run()
    expect(waits()).toEqual([])
  })
})
