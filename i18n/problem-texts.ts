import * as en from './en/problems.ts'
import * as nb from './nb/problems.ts'

/** What every problem code says, by language. In the add-in's bundle addin/problem-texts.ts stands here, with one language at a time. */
export const problemTexts = { nb, en }
