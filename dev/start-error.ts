/** A cause to stop that its message explains whole: shown without a stack. */
export class StartError extends Error {}
