/** How scripts speak: to stderr, because stdout belongs to the answers of the command they prepare. */

export function say(text) {
  process.stderr.write(`${text}\n`)
}

/** A failure whose message is one sentence that tells the reader what to do. */
export class Stop extends Error {}

/** Runs a script's body; its exit code is the body's answer, or 1 after the last sentence. */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0
  } catch (error) {
    process.exitCode = 1
    if (error instanceof Stop) {
      say(error.message)
      return
    }
    say(error.stack)
    say('That was not foreseen: report the lines above together with the command you ran.')
  }
}
