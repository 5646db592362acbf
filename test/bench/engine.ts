/** An engine as the app has it, over a file, without a platform to talk to. */
import { hours } from '../../src-main/domain/time.ts'
import { type Engine, openEngine } from '../../src-main/engine/engine.ts'
import { newLog } from '../../src-main/engine/log.ts'
import { memorySecrets } from '../../src-main/engine/secrets/memory.ts'
import { engineSecrets } from '../../src-main/engine/secrets/secrets.ts'
import { seededChance } from '../support/api.ts'
import { fakeClock, monday } from '../support/clock.ts'

export function benchEngine(databasePath: string): Promise<Engine> {
  const clock = fakeClock(monday + hours(1))
  return openEngine({
    databasePath,
    version: '0',
    clock,
    chance: seededChance(),
    secrets: engineSecrets({ keychain: memorySecrets(), memory: memorySecrets(), environment: null }),
    connectorOf: () => null,
    log: newLog({ write: (line) => process.stderr.write(line), clock, format: 'plain', atLeast: 'error' }),
    zone: 'UTC',
  })
}
