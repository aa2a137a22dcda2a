// What is read when somebody audits, in one part of its own.
export { auditBooks } from './audit-books.ts'
export { BLOCK_KINDS } from './block-columns.ts'
export { drawBlock } from './block-report.ts'
export { writeFindings, writeSample } from './findings-sheet.ts'
export { journalTests } from './journal-tests.ts'
export { refreshBlock } from './refresh-block.ts'
export { drawSample } from './sample.ts'
export { checkBlock, pullBlock, putBack, readSeals } from './sealed-block.ts'
