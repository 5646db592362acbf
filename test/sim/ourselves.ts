/** What the monitor calls itself where others name a connection: it is no side of any pair. */
export const ourselves = 'plumbline'
