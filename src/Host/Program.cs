return await Association.Host.Startup.CommandLineRoot.RunAsync(args);
