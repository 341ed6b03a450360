export interface Parcel {
  id: number;
  room: string;
  from: string;
}

export class Desk {
  private parcels: Parcel[] = [];
  private last = 0;

  arrive(room: string, from: string): Parcel {
    const parcel = { id: ++this.last, room, from };
    this.parcels.push(parcel);
    return parcel;
  }

  waiting(room: string): Parcel[] {
    return this.parcels.filter((parcel) => room === "" || parcel.room === room);
  }

  handOver(id: number): boolean {
    const before = this.parcels.length;
    this.parcels = this.parcels.filter((parcel) => parcel.id !== id);
    return this.parcels.length < before;
  }
}
