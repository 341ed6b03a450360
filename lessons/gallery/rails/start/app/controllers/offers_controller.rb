class OffersController < ApplicationController
  def index
    @offers = Offer.order(created_at: :desc).limit(50)
  end

  def create
    Offer.create!(params.expect(offer: %i[plant grams]))
    redirect_to offers_path
  end
end
