/** The dimensions a company starts with: key, Norwegian and English name, position. */
export const standardDimensions = [
  ['department', 'Avdeling', 'Department', 1],
  ['project', 'Prosjekt', 'Project', 2],
] as const
