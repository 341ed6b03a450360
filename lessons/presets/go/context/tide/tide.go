// Package tide works out how high the water stands.
package tide

import (
	"math"
	"time"
)

// Half a lunar day.
const period = 12*time.Hour + 25*time.Minute

// At gives the height in metres above the mean.
func At(moment time.Time) float64 {
	turns := float64(moment.Unix()) / period.Seconds()
	return 2.1 * math.Sin(2*math.Pi*turns)
}
