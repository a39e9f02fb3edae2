using PureDump.Cli;

StaticRuntime.Prepare();
return 0;
