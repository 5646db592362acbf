// Writes the order set where both seeds, one of them in Python, read it.
import { writeFileSync } from 'node:fs'
import { makeOrders } from './orders.mjs'

const file = process.argv[2]
if (!file) throw new Error('usage: node write-orders.mjs FILE')
writeFileSync(file, JSON.stringify(makeOrders(), null, 1))
