package links

import (
	"sync"

	"github.com/google/uuid"
)

// Store holds the links in memory.
type Store struct {
	mutex sync.RWMutex
	links map[string]string
}

// NewStore has no links yet.
func NewStore() *Store {
	return &Store{links: make(map[string]string)}
}

// Find is the address behind a name.
func (s *Store) Find(name string) (string, bool) {
	s.mutex.RLock()
	defer s.mutex.RUnlock()
	address, ok := s.links[name]
	return address, ok
}

// Add keeps an address and gives it a name.
func (s *Store) Add(address string) string {
	name := uuid.NewString()[:8]
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.links[name] = address
	return name
}
