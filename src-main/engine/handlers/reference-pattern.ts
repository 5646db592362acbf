/** Whether a reference pattern can be lived with: one that takes for ever on some text would stop the engine for good. */
import { runInNewContext } from 'node:vm'
import type { Span } from '../../domain/time.ts'

/** For all samples together; an ordinary pattern takes well under a millisecond. */
const patience: Span = 500
const samplesMax = 500
const strangersMax = 50

/** In words, why not; null when it is quick on these texts and on what looks almost like them. */
export function slowness(pattern: string, texts: readonly string[]): string | null {
  const real = texts.slice(0, samplesMax)
  const samples = [...real, ...strangers(real)]
  try {
    // the only way in JavaScript to give a regular expression no more than so much time
    runInNewContext('for (const text of samples) new RegExp(pattern, "u").exec(text)', { pattern, samples }, { timeout: patience })
    return null
  } catch (error) {
    // it may be the other context's own kind of Error
    const code = typeof error === 'object' && error !== null && 'code' in error ? error.code : null
    if (code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
    return 'takes far too long on some references. Avoid repetitions within repetitions, such as (\\d+)+'
  }
}

/** Texts that nearly fit and fail at their very end: what a pattern that tries everything takes longest over. */
function strangers(real: readonly string[]): readonly string[] {
  const like = ['1', 'a', 'SO-1', ...real.slice(0, strangersMax)].filter((text) => text !== '')
  return like.flatMap((text) => [`${text}${text.slice(-1).repeat(40)}!`, `${text.repeat(40).slice(0, 300)}!`])
}
