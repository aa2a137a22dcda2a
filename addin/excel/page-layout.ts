/// <reference types="office-js" />

/** What fits on an A4 sheet standing up, in points: 494 between Excel's own margins, and no more than a quarter smaller. */
const PORTRAIT = 494 / 0.75

/**
 * Lays a report out for paper: one page wide, lying where its columns need it, with its headings on every page. An Excel that has no
 * printer may refuse, and the report stands all the same.
 */
export async function layOutPage(
  context: Excel.RequestContext,
  { pageLayout }: Excel.Worksheet,
  widths: readonly number[],
): Promise<void> {
  pageLayout.orientation = widths.reduce((sum, width) => sum + width, 0) > PORTRAIT ? 'Landscape' : 'Portrait'
  pageLayout.zoom = { horizontalFitToPages: 1 }
  pageLayout.setPrintTitleRows('$1:$1')
  await context.sync().catch(() => {})
}
