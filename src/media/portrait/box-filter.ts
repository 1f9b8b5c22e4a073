/** The mean of each pixel's square of `2 * radius + 1`, smaller at the edges. Linear in time, whatever the radius. */
export function boxMean(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const rows = new Float32Array(values.length)
  for (let y = 0; y < height; y++) {
    const row = y * width
    let sum = 0
    let count = 0
    for (let x = 0; x < Math.min(radius, width); x++) {
      sum += values[row + x]!
      count += 1
    }
    for (let x = 0; x < width; x++) {
      if (x + radius < width) {
        sum += values[row + x + radius]!
        count += 1
      }
      if (x - radius - 1 >= 0) {
        sum -= values[row + x - radius - 1]!
        count -= 1
      }
      rows[row + x] = sum / count
    }
  }
  // whole rows at once: going down column by column would miss the cache at each step
  const out = new Float32Array(values.length)
  const sums = new Float64Array(width)
  let count = Math.min(radius, height)
  for (let i = 0; i < count * width; i++) sums[i % width]! += rows[i]!
  for (let y = 0; y < height; y++) {
    const row = y * width
    const enters = y + radius < height
    const leaves = y - radius - 1 >= 0
    count += (enters ? 1 : 0) - (leaves ? 1 : 0)
    const [next, last] = [row + radius * width, row - (radius + 1) * width]
    for (let x = 0; x < width; x++) {
      const sum = sums[x]! + (enters ? rows[next + x]! : 0) - (leaves ? rows[last + x]! : 0)
      sums[x] = sum
      out[row + x] = sum / count
    }
  }
  return out
}
