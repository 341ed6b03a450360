# Asks the carrier where a parcel is.
class Carrier
  def initialize(key)
    @key = key
  end

  def where(number)
    "#{number}: on its way\n"
  end
end
