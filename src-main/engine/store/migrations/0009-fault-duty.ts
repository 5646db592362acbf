/** The ninth shape: whose an incident about failed calls is, and since when an incident speaks for itself. */

export const faultDuty = `
-- of an incident about failed calls, the class that says whose it is and by when; null for every other
ALTER TABLE incident ADD COLUMN fault_class TEXT;
-- when another incident explained it no longer: only since then could anybody react to it
ALTER TABLE incident ADD COLUMN released_at INTEGER;
`
