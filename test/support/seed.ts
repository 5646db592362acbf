/** One seed for every property, so that a gate says the same of the same commit; PLUMBLINE_SEED looks elsewhere. */
import fc from 'fast-check'

const given = process.env['PLUMBLINE_SEED']

// 0 and below are seeds too; only what is no number is a mistake worth stopping for
const seed = given === undefined ? 20_261_123 : Number(given)
if (!Number.isSafeInteger(seed)) throw new Error('PLUMBLINE_SEED takes a whole number.')

fc.configureGlobal({ ...fc.readConfigureGlobal(), seed })
