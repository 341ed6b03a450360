require "sinatra"
require_relative "lib/carrier"
require_relative "lib/settings"

Settings.check!

get "/parcels/:number" do
  Carrier.new(ENV.fetch("CARRIER_API_KEY")).where(params["number"])
end
