export const registers = { title: '' }
