package tide

import (
	"testing"
	"time"
)

func TestTheWaterComesBack(t *testing.T) {
	first, later := time.Unix(0, 0), time.Unix(0, 0).Add(period)
	if diff := At(first) - At(later); diff > 0.001 || diff < -0.001 {
		t.Errorf("the heights differ by %v", diff)
	}
}
