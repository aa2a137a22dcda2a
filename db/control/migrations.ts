import control from './migrations/0001_control.sql'

/** Migrations of the control database, in order. They only go forward. */
export const controlMigrations = [{ tag: '0001_control', sql: control }] as const
