export interface Guest {
  name: string;
  besides?: string;
}

// Who wants to sit beside somebody comes directly after them.
export function seat(guests: Guest[], places: number): string[][] {
  const order = [...guests].sort((a, b) => (a.besides ?? a.name).localeCompare(b.besides ?? b.name));
  const tables: string[][] = [];
  order.forEach(({ name }, number) => {
    const table = Math.floor(number / places);
    (tables[table] ??= []).push(name);
  });
  return tables;
}
