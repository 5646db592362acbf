/** A process of its own for the measurement of starts: the engine on a file, up to its first overview. */
import { createRouterClient } from '@orpc/server'
import { benchEngine } from './engine.ts'

const engine = await benchEngine(process.argv[2] ?? '')
const overview = await createRouterClient(engine.router).overview.get({ pair: null })
if (!overview.hasPairs || overview.strip.orders24h === 0) throw new Error('the file has nothing to show')
await engine.stop()
