// The part as a whole: whoever loads this has the models' runtime in memory.
export { lookAtPortrait } from './look.ts'
export { renderPortrait } from './render.ts'
