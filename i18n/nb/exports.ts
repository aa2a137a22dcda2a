/** Files and tables that go out. */
export const made = {
  undistributed: 'Udisponert resultat fra tidligere år',
}
