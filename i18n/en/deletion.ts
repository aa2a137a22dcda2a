import type { deletion as nb } from '../nb/deletion.ts'

/** Deleting a company, and what remains of it. */
export const deletion: typeof nb = {
  title: 'Delete the company',
  link: 'Delete the company',
  intro:
    'It is carried out after {days} days and can be undone until then. After that database, documents and backups are gone for good. What remains is a signed proof of deletion without personal data.',
  waits: 'The company is deleted on {until}. Until then it can be read, and nothing can be written.',
  see: 'See the deletion, or undo it',
  takes: 'What is deleted',
  counts: {
    vouchers: 'Vouchers',
    entries: 'Entries',
    documents: 'Documents',
    backups: 'Backups',
  },
  archive: 'Take everything out first',
  archiveNote:
    'The archive is one file with all tables and documents. It can be read without Hovedbok and restored as a new company. SAF-T can be read by other systems, too.',
  download: 'Download the archive',
  saft: 'SAF-T and other exports',
  retained:
    'The Bookkeeping Act asks for books to be kept five years after the end of the fiscal year, for the newest until {until}. Some must be kept longer, building projects for ten years.',
  notRetained:
    'No duty of retention stands in the way: the five years are over, nothing was posted, or this is a test company.',
  ground: 'Why the books may be deleted here',
  grounds: {
    '': 'Choose a ground',
    'kept-elsewhere': 'The whole archive is kept elsewhere for the time of retention',
    'no-bookkeeping':
      'There never was a duty to keep these books (practice, a double, by mistake, or nothing was posted)',
    'retention-over': 'The time of retention is over',
    'never-opened': 'The company was never opened (an import or a restoring that did not finish)',
  },
  name: 'The company’s name, to confirm',
  submit: 'Delete the company',
  undo: 'Undo the deletion',
  asked: 'Asked for {at}. Deleted on {until}.',
  proof: {
    title: 'Proof of deletion',
    waiting: 'The deletion has not been carried out yet. The proof is made when it is.',
    undone: 'The deletion was undone {at}.',
    intro: 'Database, documents, imported files and backups of the company are deleted.',
    company: 'Company',
    askedAt: 'Asked for',
    askedBy: 'Asked by user',
    ground: 'Ground',
    retentionUntil: 'To be kept until',
    deletedAt: 'Deleted',
    version: 'Version of the ledger',
    head: 'Last hash of the chain',
    hash: 'SHA-256 of the proof',
    signature: 'Signature (HMAC-SHA-256)',
    text: 'The text that is hashed and signed',
    print: 'Print or save this page. Anybody can compute the hash anew; the signature is checked by operations.',
    none: 'none',
  },
}
