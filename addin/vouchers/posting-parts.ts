// What checks and posts, as one file: whoever reads one of them reads both.
export { checkVouchers } from './check-vouchers.ts'
export { postVouchers } from './post-vouchers.ts'
