require "sinatra"
require_relative "lib/carrier"

get "/parcels/:number" do
  Carrier.new(ENV.fetch("CARRIER_API_KEY")).where(params["number"])
end
