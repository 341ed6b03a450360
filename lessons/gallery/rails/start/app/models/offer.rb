class Offer < ActiveRecord::Base
  validates :plant, presence: true
  validates :grams, numericality: { greater_than: 0 }
end
