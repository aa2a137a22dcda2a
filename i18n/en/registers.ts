import type { registers as nb } from '../nb/registers.ts'

export const registers: typeof nb = { title: '' }
