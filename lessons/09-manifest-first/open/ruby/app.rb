require "sinatra"

BOOKS = { "kokoro" => 2, "botchan" => 0 }.freeze

get "/books/:title" do
  left = BOOKS.fetch(params["title"]) { halt 404 }
  "#{left} left"
end
