// No module to build: it keeps these packages out of the one above, whose imports they are not.
module streaming-ml/tools/engine/pulumi/replaced

go 1.26.6
