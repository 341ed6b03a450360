namespace :offers do
  desc "Remove offers that are older than a season"
  task expire: :environment do
    Offer.where(created_at: ...90.days.ago).delete_all
  end
end
