/** One seed for every property, so that a gate says the same of the same commit; PLUMBLINE_SEED looks elsewhere. */
import { configureGlobal, readConfigureGlobal } from 'fast-check'

const given = process.env['PLUMBLINE_SEED']

const seed = given === undefined ? 20_261_123 : Number(given)
if (!Number.isSafeInteger(seed)) throw new Error('PLUMBLINE_SEED takes a whole number.')

configureGlobal({ ...readConfigureGlobal(), seed })
