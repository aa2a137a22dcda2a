export const reports = { title: '' }
