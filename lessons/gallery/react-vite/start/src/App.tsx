import { useEffect, useState } from "react";

type Tide = { time: string; metres: number };

export function App() {
  const [tides, setTides] = useState<Tide[]>([]);

  useEffect(() => {
    fetch("/tides.json")
      .then((response) => response.json())
      .then(setTides);
  }, []);

  return (
    <table>
      <caption>Tides today</caption>
      <tbody>
        {tides.map((tide) => (
          <tr key={tide.time}>
            <th scope="row">{tide.time}</th>
            <td>{tide.metres.toFixed(1)} m</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
