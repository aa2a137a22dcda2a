import type { reports as nb } from '../nb/reports.ts'

export const reports: typeof nb = { title: '' }
