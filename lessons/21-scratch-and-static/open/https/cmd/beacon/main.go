// Asks the weather service for the wind at a lighthouse, and answers with it.
package main

import (
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
)

const version = "1.4.0"

func main() {
	show := flag.Bool("version", false, "print the version and stop")
	flag.Parse()
	if *show {
		fmt.Println("beacon", version)
		return
	}
	http.HandleFunc("/wind", func(w http.ResponseWriter, r *http.Request) {
		answer, err := http.Get("https://weather.example/wind/fastnet")
		if err != nil {
			http.Error(w, err.Error(), http.StatusBadGateway)
			return
		}
		defer answer.Body.Close()
		io.Copy(w, answer.Body)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
