for (let i = 0; i < 5; i++) console.log(await laplaceMechanism(100, 1, 0.5));
