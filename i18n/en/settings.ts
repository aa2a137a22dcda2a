import type { settings as nb } from '../nb/settings.ts'

export const settings: typeof nb = { title: '' }
