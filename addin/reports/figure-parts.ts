// What is read when somebody looks behind a figure, or draws figures anew, in one part of its own.
export { changedCells, isCalculating, readShown, recalculate } from '../excel/figure-cells.ts'
export { freezeFigures } from '../excel/freeze-figures.ts'
export { readSelectedCell } from '../excel/selected-cell.ts'
export { drillDown, figureNow, voucherOfCell } from './drill-down.ts'
