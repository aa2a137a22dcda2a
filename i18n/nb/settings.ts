export const settings = { title: '' }
