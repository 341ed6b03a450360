// Package links keeps short names for long addresses.
package links

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
)

// Routes answers GET /{name} with a redirect and POST / with a new name.
func Routes(store *Store) http.Handler {
	router := chi.NewRouter()
	router.Get("/health", func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	router.Get("/{name}", func(w http.ResponseWriter, r *http.Request) {
		address, ok := store.Find(chi.URLParam(r, "name"))
		if !ok {
			http.NotFound(w, r)
			return
		}
		http.Redirect(w, r, address, http.StatusFound)
	})
	router.Post("/", func(w http.ResponseWriter, r *http.Request) {
		var wanted struct {
			Address string `json:"address"`
		}
		if err := json.NewDecoder(r.Body).Decode(&wanted); err != nil {
			http.Error(w, "not JSON", http.StatusBadRequest)
			return
		}
		_ = json.NewEncoder(w).Encode(map[string]string{"name": store.Add(wanted.Address)})
	})
	return router
}
