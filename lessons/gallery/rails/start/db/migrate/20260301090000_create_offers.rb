class CreateOffers < ActiveRecord::Migration[8.0]
  def change
    create_table :offers do |t|
      t.string :plant, null: false
      t.integer :grams, null: false
      t.timestamps
    end
  end
end
